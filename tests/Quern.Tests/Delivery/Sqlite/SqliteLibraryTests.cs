using Quern.Delivery.Sqlite.Native;
using Quern.Tests.Files;

namespace Quern.Tests.Delivery.Sqlite;

public sealed class SqliteLibraryTests
{
    [Fact]
    public void A_library_that_is_not_there_is_named_with_its_package() => Assert.Equal(
        """
        error QN9051: the SQLite library is not installed
          where   libsqlite3.so.none
          wanted  SQLite 3.37.0 or later, of the system
          try     apt-get install libsqlite3-0     on Debian and Ubuntu
                  --to NAME.duckdb     needs no library of the system
        """,
        ScratchFolder.FaultOf(() => SqliteLibrary.Find("libsqlite3.so.none")).ToString());

    [Fact]
    public void A_library_that_is_too_old_is_named_with_its_version() => Assert.Equal(
        """
        error QN9052: the SQLite library is too old
          where   libsqlite3.so.0
          value   SQLite 3.36.0
          wanted  SQLite 3.37.0 or later: older ones have no STRICT tables
          try     apt-get install libsqlite3-0     on Debian 12 and Ubuntu 22.04 or later
                  --to NAME.duckdb     needs no library of the system
        """,
        ScratchFolder.FaultOf(() => SqliteLibrary.CheckVersion(3_036_000)).ToString());

    [Fact]
    public void The_library_of_the_system_is_new_enough()
    {
        SqliteLibrary.CheckVersion(3_037_000);
        Assert.StartsWith("3.", SqliteLibrary.Version, StringComparison.Ordinal);
    }
}
