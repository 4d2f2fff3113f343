namespace Digitizer.VietnameseText;

/// <summary>On which letter the tone of open oa, oe and uy is written; all else is written alike.</summary>
internal enum ToneStyle
{
    /// <summary>On the first: hòa, khỏe, thủy.</summary>
    Old,

    /// <summary>On the second: hoà, khoẻ, thuỷ.</summary>
    New,
}
