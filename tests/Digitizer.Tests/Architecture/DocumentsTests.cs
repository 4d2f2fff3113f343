using System.Text.RegularExpressions;
using Digitizer.Cleanup;
using Digitizer.Failures;
using Digitizer.Intake.DropFolders;
using Digitizer.Results;
using Digitizer.Service;

namespace Digitizer.Tests.Architecture;

public sealed partial class DocumentsTests
{
    private static readonly string Failures = Repository.Read("docs", "failures.md");

    [Fact]
    public void Every_failure_kind_has_one_row_and_every_row_is_a_kind()
        => Assert.Equal(
            Enum.GetNames<FailureKind>().Order(StringComparer.Ordinal),
            Repository.Table(Failures, "kind").Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_page_warning_has_one_row_and_every_row_is_a_warning()
        => Assert.Equal(
            typeof(PageWarning).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            Repository.Table(Failures, "id").Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_rule_about_a_pdf_has_one_row_and_every_row_is_a_rule()
        => Assert.Equal(
            typeof(ReceivedPdfs).GetFields().Concat(typeof(SizeRules).GetFields()).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal),
            Repository.Table(Failures, "rule").Select(row => row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_alarm_has_one_row_and_every_row_is_an_alarm()
    {
        var alarms = Repository.Read("docs", "alarms.md").Split("## Of the service");
        Assert.Equal(Enum.GetNames<AlertKind>().Order(StringComparer.Ordinal), Repository.Table(alarms[0], "alarm").Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<ServiceAlertKind>().Order(StringComparer.Ordinal), Repository.Table(alarms[1], "alarm").Select(row => row[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_readme_fits_on_two_screens()
        => Assert.InRange(Repository.Read("README.md").Split('\n').Length, 1, 120);

    [Fact]
    public void Every_link_leads_somewhere()
    {
        var broken = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories).Append(Path.Combine(Repository.Root, "README.md"))
                     from Match link in Link().Matches(File.ReadAllText(file))
                     let target = Path.Combine(Path.GetDirectoryName(file)!, link.Groups[1].Value)
                     where !Path.Exists(target)
                     select $"{Path.GetRelativePath(Repository.Root, file)}: {link.Groups[1].Value}";

        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?!https?:)([^)#]+)\)")]
    private static partial Regex Link();
}
