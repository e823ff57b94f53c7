{#-
  Each distinct label text once: what it says (full), and what of it the enabled keys let through (labels), both as JSON. Parsed row by
  row with lambdas: taking the parts apart into rows and grouping them again held each text once for each part.
  The rule for key:value|key:value is spec section 3.2: parts without exactly one colon are dropped, every `label_` leaves the key,
  the last of equal keys wins. Keys are in order of appearance in full, in ordinal order in labels.
-#}
with texts as (
    select labels, label_form from {{ ref('pod_fold') }} where state = 'kept'
    union
    select volume_labels, volume_label_form from {{ ref('storage_fold') }} where state = 'kept'
    union
    select claim_labels, claim_label_form from {{ ref('storage_fold') }} where state = 'kept'
    union
    select labels, label_form from {{ ref('node_label_fold') }} where state = 'kept'
    union
    select labels, label_form from {{ ref('namespace_label_fold') }} where state = 'kept'
),

split as (
    select
        labels, label_form,
        case when label_form = 'pipe' then string_split(labels, '|') end as parts,
        case when label_form = 'json' then try_cast(try_cast(labels as json) as map(varchar, varchar)) end as map_of_labels
    from texts
),

-- A part without exactly one colon is no entry.
entries as (
    select
        labels, label_form,
        list_filter(parts, lambda p: length(p) - length(replace(p, ':', '')) > 1) as dropped_parts,
        label_form = 'json' and map_of_labels is null as is_unreadable,
        coalesce(
            list_transform(
                list_filter(parts, lambda p: length(p) - length(replace(p, ':', '')) = 1),
                lambda p: struct_pack(key := replace(split_part(p, ':', 1), 'label_', ''), value := split_part(p, ':', 2))),
            list_transform(map_entries(map_of_labels), lambda e: struct_pack(key := e.key, value := coalesce(e.value, ''))),
            []) as entries
    from split
),

keyed as (
    select *, list_transform(entries, lambda e: e.key) as keys, list_reverse(list_transform(entries, lambda e: e.key)) as keys_from_end
    from entries
),

-- Where a key comes first, with the value from where it comes last.
last_wins as (
    select
        labels, label_form, dropped_parts, is_unreadable,
        list_transform(
            list_filter(entries, lambda e, i: list_position(keys, e.key) = i),
            lambda e: struct_pack(key := e.key, value := entries[len(entries) + 1 - list_position(keys_from_end, e.key)].value)) as entries
    from keyed
),

enabled as (
    select coalesce(list(key), []) as enabled_keys
    from (
        select key from {{ source('openshift', 'enabled_tag_keys') }}
        union
        select 'vm_kubevirt_io_name' from {{ source('openshift', 'enabled_tag_keys') }}
    )
)

select
    labels as label_text,
    label_form,
    cast(to_json(map_from_entries(entries)) as varchar) as full_labels,
    cast(to_json(map_from_entries(list_sort(list_filter(entries, lambda e: list_contains(enabled_keys, e.key))))) as varchar) as labels,
    coalesce(len(dropped_parts), 0) as dropped_parts,
    is_unreadable
from last_wins, enabled
