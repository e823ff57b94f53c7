namespace Quern.Running;

/// <summary>What a step took.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Wall">Time from begin to end.</param>
/// <param name="Cpu">Processor time of the whole process meanwhile, all threads; steps that overlap share it.</param>
/// <param name="Rows">Rows taken in.</param>
/// <param name="Bytes">Bytes taken in.</param>
/// <param name="SpillBytes">Bytes in temporary files at the most.</param>
/// <param name="PeakBytes">The most resident memory of the process up to the end of the step.</param>
public sealed record StepRecord(
    string Name, TimeSpan Wall, TimeSpan Cpu, long Rows, long Bytes, long SpillBytes, long PeakBytes);
