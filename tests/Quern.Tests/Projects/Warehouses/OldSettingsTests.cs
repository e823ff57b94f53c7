using Quern.Projects.Warehouses;

namespace Quern.Tests.Projects.Warehouses;

public sealed class OldSettingsTests
{
    readonly List<string> _warnings = [];

    [Theory]
    [InlineData("PRAGMA enable_profiling=false", "PRAGMA disable_profiling")]
    [InlineData("pragma enable_profiling = 'off' ; select 1", "PRAGMA disable_profiling ; select 1")]
    [InlineData("/* a */ pragma enable_profiling=0 -- b\n;\nselect 1", "/* a */ PRAGMA disable_profiling -- b\n;\nselect 1")]
    [InlineData("select 1; pragma enable_profiling=false; pragma enable_profiling=false", "select 1; PRAGMA disable_profiling; PRAGMA disable_profiling")]
    public void A_statement_is_translated(string sql, string translated)
    {
        Assert.Equal(translated, new OldSettings().Translate(sql, Warn));
        Assert.Single(_warnings);
    }

    [Theory]
    [InlineData("select 'PRAGMA enable_profiling=false;'")]
    [InlineData("select 'a; pragma enable_profiling=false; b'")]
    [InlineData("select 1 as \"pragma enable_profiling=false\"")]
    [InlineData("select $$pragma enable_profiling=false$$")]
    [InlineData("-- pragma enable_profiling=false\nselect 1")]
    [InlineData("/* ; pragma enable_profiling=false; */ select 1")]
    [InlineData("select 'set enable_object_cache=true'")]
    [InlineData("select 1 -- ; set enable_object_cache=true")]
    [InlineData("pragma enable_profiling='json'")]
    public void Texts_names_and_comments_stay_as_they_are(string sql)
    {
        Assert.Same(sql, new OldSettings().Translate(sql, Warn));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("pragma enable_object_cache")]
    [InlineData("select 1;\nset global enable_object_cache = true")]
    public void A_setting_without_effect_is_warned_of(string sql)
    {
        Assert.Same(sql, new OldSettings().Translate(sql, Warn));
        Assert.Single(_warnings);
    }

    void Warn(string code, string sentence) => _warnings.Add($"{code} {sentence}");
}
