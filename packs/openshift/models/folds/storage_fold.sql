{#- Storage rows summed by day. Rows that are not kept fold into one group a state, so that every row read is counted. -#}
select
    state,
    {% for c in ['day', 'namespace', 'pod', 'persistentvolumeclaim', 'persistentvolume', 'storageclass', 'csi_volume_handle',
                 'volume_labels', 'volume_label_form', 'claim_labels', 'claim_label_form'] -%}
    {{ kept(c) }} as {{ c }},
    {% endfor -%}
    count(*) as row_count,
    sum(unread_cells) as unread_cells,
    max(persistentvolumeclaim_capacity_bytes) as persistentvolumeclaim_capacity_bytes,
    {% for m in var('storage_measures')[1:] -%}
    {{ sum_parts(m, m, whole='hugeint') }}{{ ',' if not loop.last }}
    {% endfor %}
from {{ ref('storage_rows') }}
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
