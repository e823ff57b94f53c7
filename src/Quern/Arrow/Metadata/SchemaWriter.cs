namespace Quern.Arrow.Metadata;

/// <summary>Writes fields as the table <c>Schema</c> of Arrow's Schema.fbs; slot numbers are the order there.</summary>
static class SchemaWriter
{
    /// <summary>Writes a schema; returns its place.</summary>
    public static int Write(FlatWriter flat, IReadOnlyList<Field> fields)
    {
        var list = Fields(flat, fields);
        flat.BeginTable(2);
        flat.Place(1, list);
        return flat.EndTable();
    }

    static int Fields(FlatWriter flat, IReadOnlyList<Field> fields)
    {
        var places = new int[fields.Count];
        for (var i = 0; i < places.Length; i++) places[i] = WriteField(flat, fields[i]);
        return flat.Places(places);
    }

    static int WriteField(FlatWriter flat, Field field)
    {
        var children = Fields(flat, field.Children);
        var name = flat.Text(field.Name);
        var type = WriteType(flat, field);
        var dictionary = field.Dictionary is { } id ? WriteDictionary(flat, id, field.Index!) : 0;
        var metadata = field.Extension is { } extension ? WriteExtension(flat, extension) : 0;
        flat.BeginTable(7);
        flat.Place(0, name);
        flat.Place(3, type);
        if (dictionary != 0) flat.Place(4, dictionary);
        flat.Place(5, children);
        if (metadata != 0) flat.Place(6, metadata);
        flat.Byte(1, field.IsNullable ? (byte)1 : (byte)0);
        flat.Byte(2, (byte)field.Kind);
        return flat.EndTable();
    }

    static int WriteDictionary(FlatWriter flat, long id, Field index)
    {
        var type = WriteType(flat, index);
        flat.BeginTable(4);
        flat.Long(0, id);
        flat.Place(1, type);
        return flat.EndTable();
    }

    static int WriteExtension(FlatWriter flat, string extension)
    {
        var name = Pair(flat, "ARROW:extension:name", extension);
        var data = Pair(flat, "ARROW:extension:metadata", "");
        return flat.Places([name, data]);
    }

    static int Pair(FlatWriter flat, string key, string value)
    {
        var (keyPlace, valuePlace) = (flat.Text(key), flat.Text(value));
        flat.BeginTable(2);
        flat.Place(0, keyPlace);
        flat.Place(1, valuePlace);
        return flat.EndTable();
    }

    static int WriteType(FlatWriter flat, Field field)
    {
        var zone = field.Zone is null ? 0 : flat.Text(field.Zone);
        flat.BeginTable(3);
        switch (field.Kind)
        {
            case FieldKind.Int:
                flat.Int(0, field.Bits);
                flat.Byte(1, field.IsSigned ? (byte)1 : (byte)0);
                break;
            case FieldKind.Float:
                flat.Short(0, (short)(field.Bits switch { 16 => 0, 32 => 1, _ => 2 }));
                break;
            case FieldKind.Decimal:
                flat.Int(0, field.Precision);
                flat.Int(1, field.Scale);
                flat.Int(2, field.Bits);
                break;
            case FieldKind.Date:
                flat.Short(0, (short)(field.Bits == 32 ? 0 : 1));
                break;
            case FieldKind.Time:
                flat.Short(0, (short)field.Unit);
                flat.Int(1, field.Bits);
                break;
            case FieldKind.Timestamp:
                flat.Short(0, (short)field.Unit);
                if (zone != 0) flat.Place(1, zone);
                break;
            case FieldKind.Interval or FieldKind.Duration:
                flat.Short(0, (short)field.Unit);
                break;
            case FieldKind.FixedSizeBinary or FieldKind.FixedSizeList:
                flat.Int(0, field.Size);
                break;
        }
        return flat.EndTable();
    }
}
