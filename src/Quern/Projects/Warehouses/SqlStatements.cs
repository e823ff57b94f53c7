namespace Quern.Projects.Warehouses;

/// <summary>Takes a text of SQL apart at its semicolons.</summary>
/// <remarks>Knows what may hold a semicolon that ends nothing: texts in quotes, quoted names, texts between dollars, and comments.</remarks>
static class SqlStatements
{
    /// <summary>The statements of a text, without the semicolons; parts with nothing but blanks and comments are left out.</summary>
    public static IReadOnlyList<string> Split(string sql)
    {
        var statements = new List<string>();
        var start = 0;
        var holdsCode = false;
        for (var i = 0; i < sql.Length;)
        {
            var end = SkipAt(sql, i);
            if (end > i)
            {
                holdsCode |= sql[i] is '\'' or '"' or '$';
                i = end;
                continue;
            }
            if (sql[i] == ';')
            {
                if (holdsCode) statements.Add(sql[start..i]);
                start = i + 1;
                holdsCode = false;
            }
            else if (!char.IsWhiteSpace(sql[i]))
            {
                holdsCode = true;
            }
            i++;
        }
        if (holdsCode) statements.Add(sql[start..]);
        return statements;
    }

    /// <summary>Where the code of each statement begins and ends, without blanks and comments around it.</summary>
    public static IReadOnlyList<(int Start, int End)> Places(string sql)
    {
        var places = new List<(int Start, int End)>();
        var (start, end) = (-1, 0);
        for (var i = 0; i < sql.Length;)
        {
            var next = SkipAt(sql, i);
            var isCode = next > i ? sql[i] is '\'' or '"' or '$' : !char.IsWhiteSpace(sql[i]);
            if (next == i) next++;
            if (next == i + 1 && sql[i] == ';')
            {
                if (start >= 0) places.Add((start, end));
                start = -1;
            }
            else if (isCode)
            {
                if (start < 0) start = i;
                end = next;
            }
            i = next;
        }
        if (start >= 0) places.Add((start, end));
        return places;
    }

    /// <summary>Whether a text holds anything to run.</summary>
    public static bool HasCode(string sql)
    {
        for (var i = 0; i < sql.Length;)
        {
            if (char.IsWhiteSpace(sql[i]) || sql[i] == ';')
            {
                i++;
                continue;
            }
            if (sql[i] is '\'' or '"' or '$') return true;
            var end = SkipAt(sql, i);
            if (end == i) return true;
            i = end;
        }
        return false;
    }

    /// <summary>Where the quoted text or comment that begins at a place ends; the place itself when none begins there.</summary>
    static int SkipAt(string sql, int at) => sql[at] switch
    {
        '\'' or '"' => Quoted(sql, at),
        '-' when Begins(sql, at, "--") => End(sql, sql.IndexOf('\n', at), 1),
        '/' when Begins(sql, at, "/*") => End(sql, sql.IndexOf("*/", at + 2, StringComparison.Ordinal), 2),
        '$' => Dollars(sql, at),
        _ => at,
    };

    static int Quoted(string sql, int at)
    {
        // A doubled quote ends one text and begins the next: the same in the end.
        var escapes = sql[at] == '\'' && at > 0 && sql[at - 1] is 'e' or 'E' && (at == 1 || !IsNamePart(sql[at - 2]));
        for (var i = at + 1; i < sql.Length; i++)
        {
            if (escapes && sql[i] == '\\') i++;
            else if (sql[i] == sql[at]) return i + 1;
        }
        return sql.Length;
    }

    static int Dollars(string sql, int at)
    {
        // $1 is a parameter, $$ or $tag$ begins a text.
        if (at > 0 && IsNamePart(sql[at - 1])) return at;
        var end = at + 1;
        while (end < sql.Length && IsNamePart(sql[end])) end++;
        if (end >= sql.Length || sql[end] != '$' || (end > at + 1 && char.IsAsciiDigit(sql[at + 1]))) return at;
        var tag = sql[at..(end + 1)];
        return End(sql, sql.IndexOf(tag, end + 1, StringComparison.Ordinal), tag.Length);
    }

    static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    static bool Begins(string sql, int at, string mark) => string.CompareOrdinal(sql, at, mark, 0, mark.Length) == 0;

    static int End(string sql, int found, int length) => found < 0 ? sql.Length : found + length;
}
