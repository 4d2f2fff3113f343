using System.Text.Json.Serialization;
using Digitizer.Benchmarks.Scoring;

namespace Digitizer.Benchmarks.Accuracy.Ablation;

/// <summary>A page read whole, and read again without each step that had changed it.</summary>
/// <param name="Page">The page.</param>
/// <param name="Length">Characters on it.</param>
/// <param name="Errors">Order-free errors of the whole reading.</param>
/// <param name="Cpu">CPU seconds of the whole reading.</param>
/// <param name="Steps">All steps in their order.</param>
internal sealed record AblatedPage([property: JsonIgnore] TruePage Page, int Length, int Errors, double Cpu, IReadOnlyList<AblatedStep> Steps)
{
    public string Id => Page.Id;

    public string Profile => Page.Profile;

    public string Kind => Page.Kind;
}

/// <summary>One step on one page.</summary>
/// <param name="Name">The step's.</param>
/// <param name="Applied">True if it changed the page; else the page is the same without it.</param>
/// <param name="Own">CPU seconds of the step itself.</param>
/// <param name="Errors">Order-free errors without it.</param>
/// <param name="Cpu">CPU seconds of the page without it.</param>
internal sealed record AblatedStep(string Name, bool Applied, double Own, int Errors, double Cpu);
