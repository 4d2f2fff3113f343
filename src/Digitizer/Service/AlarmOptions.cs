using System.ComponentModel.DataAnnotations;

namespace Digitizer.Service;

/// <summary>When a person is to be told, section <c>Service:Alarms</c>; docs/alarms.md lists all alarms.</summary>
internal sealed class AlarmOptions
{
    /// <summary>Time between two looks at the service, in seconds.</summary>
    [Range(0.1, 600)]
    public double LookSeconds { get; set; } = 10;

    /// <summary>Work that waits for longer is reported, in hours; null: never.</summary>
    [Range(0.01, 10_000)]
    public double? OldestHours { get; set; } = 24;

    /// <summary>A unit that waits for a person for longer is reported, in hours; null: never.</summary>
    [Range(0.01, 10_000)]
    public double? PersonHours { get; set; }

    /// <summary>A dossier system that is down for longer is reported, in minutes.</summary>
    [Range(0, 10_000)]
    public double DossiersDownMinutes { get; set; } = 1;

    /// <summary>So many page-workers that die within ten minutes are reported.</summary>
    [Range(1, 1000)]
    public int WorkerDeaths { get; set; } = 5;

    /// <summary>A disk with less is reported, in bytes; null: twice what intake must have.</summary>
    [Range(0L, long.MaxValue)]
    public long? LowDiskBytes { get; set; }
}
