using Digitizer.Intake.DropFolders;
using Microsoft.Extensions.Logging;

namespace Digitizer.Service;

/// <summary>Says in the log what a person should know: one line when it begins, one when it ends. Which file it is about stands on the control socket only.</summary>
internal sealed partial class AlertLog(ILogger log) : IAlerts
{
    public void Raised(FolderAlert alert) => Raised(log, alert.Source, alert.Kind, alert.Message);

    public void Ended(FolderAlert alert) => Ended(log, alert.Source, alert.Kind);

    public void Raised(ServiceAlert alert) => Raised(log, alert.Kind, alert.Message);

    public void Ended(ServiceAlert alert) => Ended(log, alert.Kind);

    [LoggerMessage(2100, LogLevel.Warning, "{Source}: {Kind}: {Message}")]
    private static partial void Raised(ILogger log, string source, AlertKind kind, string message);

    [LoggerMessage(2101, LogLevel.Information, "{Source}: {Kind} has ended")]
    private static partial void Ended(ILogger log, string source, AlertKind kind);

    [LoggerMessage(2102, LogLevel.Warning, "{Kind}: {Message}")]
    private static partial void Raised(ILogger log, ServiceAlertKind kind, string message);

    [LoggerMessage(2103, LogLevel.Information, "{Kind} has ended")]
    private static partial void Ended(ILogger log, ServiceAlertKind kind);
}
