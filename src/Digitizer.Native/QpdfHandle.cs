using System.Runtime.InteropServices;

namespace Digitizer.Native;

/// <summary>A <c>qpdf_data</c>.</summary>
internal sealed class QpdfHandle : SafeHandle
{
    public QpdfHandle()
        : base(0, ownsHandle: true) => SetHandle(QpdfImports.qpdf_init());

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        QpdfImports.qpdf_cleanup(ref handle);
        return true;
    }
}
