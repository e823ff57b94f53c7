using System.Runtime.InteropServices;
using Quern.Cli.Terminal;

namespace Quern.Cli;

/// <summary>Ctrl-C and its kin: the first asks the verb to stop cleanly, the second ends the process at once.</summary>
sealed class Interruption : IDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly PosixSignalRegistration[] _registrations;
    readonly Screen _screen;

    /// <summary>Begins to listen to SIGINT, SIGTERM and SIGHUP.</summary>
    public Interruption(Screen screen)
    {
        _screen = screen;
        _registrations =
        [
            .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
                .Select(signal => PosixSignalRegistration.Create(signal, Handle)),
        ];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    public void Dispose()
    {
        // The source is left to the collector: a signal that is being handled may still cancel it.
        foreach (var registration in _registrations) registration.Dispose();
    }

    // Not cancelled, the signal does what it does by default: the process is gone, status 128 + its number.
    void Handle(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested) return;
        context.Cancel = true;
        _screen.Say("quern: stopping cleanly; once more stops at once");
        _stop.Cancel();
    }
}
