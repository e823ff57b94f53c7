// Peak memory comes from wait4. A child started by this process directly would report at least this process's own peak:
// Linux hands the resident set of the memory that exec replaces on to the new program's record. So a shell starts the
// command in the background and ends, the command becomes ours because we are the subreaper, and what it inherits is the
// shell's megabyte. Until then it waits for its standard input, a named pipe that we open and close at once; without that
// the shell may reap a quick command itself. setsid gives it a process group of its own, which is ended with us.
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Quern.Bench.Whole;

/// <summary>Runs a command line in a child process and measures it. Linux only.</summary>
static partial class Child
{
    const int SetChildSubreaper = 36;
    const int Terminate = 15;

    /// <summary>Runs a command to its end.</summary>
    /// <param name="commandLine">Given to <c>sh -c</c>; its standard input is empty.</param>
    /// <param name="folder">An empty folder to work in; <c>log</c> in it gets standard output and error.</param>
    /// <exception cref="BenchException">It could not be started.</exception>
    /// <exception cref="OperationCanceledException">SIGINT came; the command was ended.</exception>
    public static Run Run(string commandLine, string folder)
    {
        if (ProcessControl(SetChildSubreaper, 1, 0, 0, 0) != 0) throw new BenchException("prctl refused");
        var (gate, log, pidFile) = (Path.Combine(folder, "gate"), Path.Combine(folder, "log"), Path.Combine(folder, "pid"));
        var start = $"rm -f {Quoted(gate)} && mkfifo {Quoted(gate)} && " +
            $"{{ setsid sh -c {Quoted(commandLine)} <{Quoted(gate)} >{Quoted(log)} 2>&1 & echo $! >{Quoted(pidFile)}; }}";
        if (Shell(start) != 0) throw new BenchException($"sh could not start {commandLine}");
        var pid = int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture);
        var interrupted = false;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            interrupted = true;
            // Whether it was still there does not matter.
            _ = Kill(-pid, Terminate);
        });
        var clock = Stopwatch.StartNew();
        File.OpenHandle(gate, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
        if (Wait(pid, out var status, 0, out var usage) != pid) throw new BenchException($"process {pid} is not ours");
        var wall = clock.Elapsed;
        if (interrupted) throw new OperationCanceledException();
        var signal = status & 0x7F;
        return new(
            wall,
            usage.User.Span + usage.System.Span,
            usage.PeakKibibytes * 1024,
            signal == 0 ? (status >> 8) & 0xFF : 128 + signal);
    }

    static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [LibraryImport("libc", EntryPoint = "prctl")]
    internal static partial int ProcessControl(int option, nuint value, nuint unused3, nuint unused4, nuint unused5);

    [LibraryImport("libc", EntryPoint = "system", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Shell(string command);

    [LibraryImport("libc", EntryPoint = "wait4")]
    internal static partial int Wait(int pid, out int status, int options, out Usage usage);

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int pid, int signal);

    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Time
    {
        readonly long _seconds;
        readonly long _microseconds;

        public TimeSpan Span => TimeSpan.FromSeconds(_seconds) + TimeSpan.FromMicroseconds(_microseconds);
    }

    // struct rusage of Linux on 64 bits: two times, the peak in KiB, 13 more words.
    [StructLayout(LayoutKind.Sequential, Size = 144)]
    internal readonly struct Usage
    {
        public readonly Time User;
        public readonly Time System;
        public readonly long PeakKibibytes;
    }
}
