using Quern.Duck;
using Quern.Running;

namespace Quern.Tests.Running;

public sealed class MemoryFaultTests
{
    [Fact]
    public void A_limit_that_did_not_suffice_is_named_with_one_that_may()
    {
        var error = Error("Out of Memory Error: failed to pin block of size 1 MiB", DuckErrorKind.OutOfMemory, "models/a.sql\nLINE 1");
        var fault = MemoryFault.Of(error, 400_000_000, "room for a sort");
        Assert.Same(error, fault?.InnerException);
        Assert.Equal(ExitCode.MemoryLimit, fault?.Fault.ExitCode);
        Assert.Equal(
            """
            error QN9002: the memory limit is too small for this input
              where   --memory, models/a.sql
              value   400 MB
              wanted  room for a sort
              try     --memory 600MB
                      --threads 1  leaves more to the engine
            """,
            fault?.Fault.ToString());
    }

    [Fact]
    public void Less_than_256_mb_is_never_proposed() =>
        Assert.Equal("--memory 256MB", MemoryFault.Of(Error("Out of Memory", DuckErrorKind.OutOfMemory), 1_000_000, "")?.Fault.Try[0]);

    [Fact]
    public void Memory_that_ran_out_inside_an_error_of_another_class_counts() =>
        Assert.NotNull(MemoryFault.Of(Error("Invalid Error: could not allocate block of size 256 KiB", DuckErrorKind.Invalid), 1, ""));

    [Fact]
    public void Other_errors_are_left_alone()
    {
        Assert.Null(MemoryFault.Of(Error("Binder Error: no such column", DuckErrorKind.Binder), 1, ""));
        Assert.Null(MemoryFault.Of(new QuernException(new Fault("QN2001", "Out of Memory")), 1, ""));
    }

    static QuernException Error(string what, DuckErrorKind kind, string? where = null) =>
        new(new DuckFault("QN9099", what, kind) { Where = where });
}
