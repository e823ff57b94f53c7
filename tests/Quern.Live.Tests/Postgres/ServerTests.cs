namespace Quern.Live.Tests.Postgres;

public sealed class ServerTests(PostgresServer server)
{
    [Fact]
    public void The_server_answers_and_knows_geometry()
    {
        using var connection = server.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select current_setting('server_version_num')::int >= 120000 and ST_AsText(ST_GeomFromText('point(1 2)')) = 'POINT(1 2)'";
        Assert.Equal(true, command.ExecuteScalar());
    }
}
