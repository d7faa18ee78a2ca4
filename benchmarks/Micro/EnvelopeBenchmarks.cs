using System.Text;
using BenchmarkDotNet.Attributes;
using Lovage.Queue;

namespace Benchmarks.Micro;

/// <summary>What it takes to write a job for the queue, and to read it there.</summary>
[MemoryDiagnoser]
public class EnvelopeBenchmarks
{
    // As many as fit about into a message.
    private const int Jobs = 300;

    private JobEnvelope[] envelopes = [];
    private string text = "";

    [GlobalSetup]
    public void Prepare()
    {
        envelopes = [.. Enumerable.Range(0, Jobs).Select(_ => SampleJob.New())];
        text = Encoding.UTF8.GetString(MessageWriter.Write(envelopes, Jobs).First().Span);
    }

    [Benchmark(OperationsPerInvoke = Jobs)]
    public int Encode() => MessageWriter.Write(envelopes, Jobs).Sum(message => message.Length);

    [Benchmark(OperationsPerInvoke = Jobs)]
    public int Decode() => MessageReader.Read(text).Jobs.Count;
}
