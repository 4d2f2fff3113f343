using System.Collections.Concurrent;
using System.Reflection;
using Digitizer.EndToEndTests.Support;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Digitizer.Tests.Support.CountedRows", "Digitizer.Tests")]

namespace Digitizer.Tests.Support;

/// <summary>
/// Rows of the reliability matrix whose trials are tests of their own: each test of a class with the traits <c>Row</c>
/// and <c>Trials=Tests</c> is a trial, and the row's line is written when all tests are over.
/// </summary>
/// <param name="messages">Of xunit.</param>
public sealed class CountedRows(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName)
        => new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName assembly, ISourceInformationProvider sources, IMessageSink messages) : XunitTestFrameworkExecutor(assembly, sources, messages)
    {
        protected override void RunTestCases(IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink, ITestFrameworkExecutionOptions executionOptions)
            => base.RunTestCases(testCases, new Counter(executionMessageSink), executionOptions);
    }

    private sealed class Counter(IMessageSink inner) : LongLivedMarshalByRefObject, IMessageSink
    {
        private readonly ConcurrentDictionary<string, Row> rows = new();

        public bool OnMessage(IMessageSinkMessage message)
        {
            switch (message)
            {
                case ITestResultMessage result when result.TestCase.Traits.ContainsKey("Trials"):
                    result.TestCase.Traits["Row"].ForEach(id => rows.GetOrAdd(id, _ => new Row(id, 1, 1, 1)).Trial(message is ITestPassed));
                    break;
                case ITestAssemblyFinished:
                    rows.Values.ToList().ForEach(row => row.Say());
                    break;
            }

            return inner.OnMessage(message);
        }
    }
}
