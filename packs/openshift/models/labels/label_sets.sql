{#-
  Each distinct label text once: what it says (full), and what of it the enabled keys let through (labels), both as JSON.
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

pipe_parts as (
    select labels, label_form, position, part
    from (
        select labels, label_form, unnest(string_split(labels, '|')) as part, generate_subscripts(string_split(labels, '|'), 1) as position
        from texts
        where label_form = 'pipe'
    )
    where part <> ''
),

json_maps as (
    select labels, label_form, try_cast(try_cast(labels as json) as map(varchar, varchar)) as map_of_labels
    from texts
    where label_form = 'json'
),

entries as (
    select labels, label_form, position, replace(split_part(part, ':', 1), 'label_', '') as key, split_part(part, ':', 2) as value
    from pipe_parts
    where length(part) - length(replace(part, ':', '')) = 1
    union all
    select labels, label_form, position, entry.key as key, coalesce(entry.value, '') as value
    from (
        select
            labels, label_form,
            unnest(map_entries(map_of_labels)) as entry,
            generate_subscripts(map_entries(map_of_labels), 1) as position
        from json_maps
    )
),

last_wins as (
    select labels, label_form, key, min(position) as position, arg_max(value, position) as value
    from entries
    group by labels, label_form, key
),

enabled as (
    select key from {{ source('openshift', 'enabled_tag_keys') }}
    union
    select 'vm_kubevirt_io_name' from {{ source('openshift', 'enabled_tag_keys') }}
),

sets as (
    select
        labels, label_form,
        to_json(map_from_entries(list(struct_pack(key := key, value := value) order by position))) as full_labels,
        to_json(map_from_entries(list(struct_pack(key := key, value := value) order by key) filter (key in (select key from enabled)))) as kept_labels
    from last_wins
    group by labels, label_form
),

dropped as (
    select labels, label_form, count(*) as dropped_parts
    from pipe_parts
    where length(part) - length(replace(part, ':', '')) > 1
    group by labels, label_form
)

select
    t.labels as label_text,
    t.label_form,
    coalesce(cast(s.full_labels as varchar), '{}') as full_labels,
    coalesce(cast(s.kept_labels as varchar), '{}') as labels,
    coalesce(d.dropped_parts, 0) as dropped_parts,
    t.label_form = 'json' and j.map_of_labels is null as is_unreadable
from texts as t
left join sets as s on s.labels = t.labels and s.label_form = t.label_form
left join dropped as d on d.labels = t.labels and d.label_form = t.label_form
left join json_maps as j on j.labels = t.labels and j.label_form = t.label_form
