namespace Quern.Arrow.Metadata;

/// <summary>Reads the table <c>Schema</c>; slot numbers are their order in Arrow's Schema.fbs.</summary>
ref struct SchemaReader
{
    /// <summary>Fields of a schema with all their children: more are no sane file, and a hostile one could refer to a list of
    /// children again and again.</summary>
    const int MostFields = 100_000;

    const int MostDepth = 64;

    int _fields;

    /// <summary>The fields of a schema.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a machine with the other byte order.</exception>
    public static IReadOnlyList<Field> Read(FlatTable schema)
    {
        if (schema.Short(0) != 0) throw new InvalidDataException("the numbers are big-endian, which Quern does not read");
        var reader = default(SchemaReader);
        return reader.Fields(schema, 1, 0);
    }

    Field[] Fields(FlatTable parent, int slot, int depth)
    {
        var count = parent.Count(slot);
        _fields += count;
        if (_fields > MostFields || depth > MostDepth) throw new InvalidDataException("the schema has too many fields");
        var fields = new Field[count];
        for (var i = 0; i < count; i++) fields[i] = ReadField(parent.Item(slot, i), depth);
        return fields;
    }

    Field ReadField(FlatTable table, int depth)
    {
        var name = table.Text(0) ?? "";
        var kind = (FieldKind)table.Byte(2);
        var field = ReadType(name, kind, table.Table(3, "type")) with
        {
            IsNullable = table.Byte(1) != 0,
            Children = Fields(table, 5, depth + 1),
            Extension = ReadExtension(table),
        };
        if (!table.Has(4)) return field;
        var dictionary = table.Table(4, "dictionary");
        return field with
        {
            Dictionary = dictionary.Long(0),
            Index = dictionary.Has(1)
                ? ReadType("", FieldKind.Int, dictionary.Table(1, "index"))
                : new Field("", FieldKind.Int) { Bits = 32, IsSigned = true },
        };
    }

    static string? ReadExtension(FlatTable field)
    {
        for (var i = 0; i < field.Count(6); i++)
        {
            var pair = field.Item(6, i);
            if (pair.Text(0) == "ARROW:extension:name") return pair.Text(1);
        }
        return null;
    }

    static Field ReadType(string name, FieldKind kind, FlatTable type)
    {
        var field = new Field(name, kind);
        return kind switch
        {
            FieldKind.Int => field with { Bits = type.Int(0), IsSigned = type.Byte(1) != 0 },
            FieldKind.Float => field with { Bits = type.Short(0) switch { 0 => 16, 1 => 32, _ => 64 } },
            FieldKind.Decimal => field with { Precision = type.Int(0), Scale = type.Int(1), Bits = type.Int(2, 128) },
            FieldKind.Date => field with { Bits = type.Short(0, 1) == 0 ? 32 : 64 },
            FieldKind.Time => field with { Unit = type.Short(0, 1), Bits = type.Int(1, 32) },
            FieldKind.Timestamp => field with { Unit = type.Short(0), Zone = type.Text(1) },
            FieldKind.Interval => field with { Unit = type.Short(0) },
            FieldKind.Duration => field with { Unit = type.Short(0, 1) },
            FieldKind.FixedSizeBinary or FieldKind.FixedSizeList => field with { Size = type.Int(0) },
            _ => field,
        };
    }
}
