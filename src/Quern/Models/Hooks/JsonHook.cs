using System.Text.Json;

namespace Quern.Models.Hooks;

/// <summary>Hooks that are written as a mapping in JSON.</summary>
static class JsonHook
{
    /// <summary>The hook; null when the text is no such mapping.</summary>
    public static Hook? Read(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.Length == 0 || trimmed[0] != '{' || !trimmed.Contains("\"sql\"", StringComparison.Ordinal)) return null;
        try
        {
            using var json = JsonDocument.Parse(trimmed.ToString());
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            if (!json.RootElement.TryGetProperty("sql", out var sql) || sql.ValueKind != JsonValueKind.String) return null;
            var inside = !json.RootElement.TryGetProperty("transaction", out var flag) || flag.ValueKind != JsonValueKind.False;
            return new Hook(sql.GetString()!, inside);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
