using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Quern;

/// <summary>JSON in which no text shows a secret. Everything else (names of properties, numbers, blanks) stays byte for byte.</summary>
public static class SecretJson
{
    /// <summary>As deep as artifacts of other tools may be.</summary>
    const int MaxDepth = 256;

    /// <summary>The document with <see cref="Secrets.Shown"/> in place of secrets.</summary>
    /// <param name="json">A whole document in UTF-8.</param>
    /// <param name="secrets">What must not be shown.</param>
    /// <param name="isName">Whether a text is a name by which others find things again, and stays as it is: ids of nodes, which are made of
    /// files' names and never of secrets. Default: none is.</param>
    public static ReadOnlyMemory<byte> Hide(ReadOnlyMemory<byte> json, Secrets secrets, Func<string, bool>? isName = null)
    {
        var all = json.Span;
        if (!MayHold(all, secrets)) return json;
        var hidden = new ArrayBufferWriter<byte>(json.Length);
        var reader = new Utf8JsonReader(all, new JsonReaderOptions { MaxDepth = MaxDepth });
        var copied = 0;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { } text) continue;
            var shown = secrets.Hide(text);
            if (ReferenceEquals(shown, text) || shown == text || isName?.Invoke(text) == true) continue;
            hidden.Write(all[copied..(int)reader.TokenStartIndex]);
            hidden.Write(Encoding.UTF8.GetBytes($"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(shown)}\""));
            copied = (int)reader.BytesConsumed;
        }
        hidden.Write(all[copied..]);
        return hidden.WrittenMemory;
    }

    static bool MayHold(ReadOnlySpan<byte> json, Secrets secrets)
    {
        foreach (var form in secrets.Forms)
            if (json.IndexOf(Encoding.UTF8.GetBytes(form)) >= 0) return true;
        return false;
    }
}
