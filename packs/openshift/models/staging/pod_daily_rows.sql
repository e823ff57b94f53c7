{#- Daily pod rows (Parquet): sums over the hours of one pod, so the anomaly rule has been applied before. -#}
{% set measures = var('pod_sums') + var('node_capacities') -%}
select
    {{ row_state('interval_start', []) }} as state,
    cast(interval_start as date) as day,
    namespace, node, pod, resource_id, node_role, labels, label_form, unread_cells, 0 as empty_cells,
    {{ measures | join(', ') }},
    coalesce(effective_cpu, greatest(pod_usage_cpu_core_seconds, pod_request_cpu_core_seconds)) as pod_effective_usage_cpu_core_seconds,
    coalesce(effective_memory, greatest(pod_usage_memory_byte_seconds, pod_request_memory_byte_seconds)) as pod_effective_usage_memory_byte_seconds
from (
    select
        range_start, range_end, node_role,
        cast(interval_start as timestamp) as interval_start,
        {% for c in ['namespace', 'node', 'pod', 'resource_id'] -%}
        coalesce({{ c }}, '') as {{ c }},
        {%- endfor %}
        coalesce(pod_labels, '') as labels, {{ label_form('pod_labels') }} as label_form,
        {{ unread(measures) }} as unread_cells,
        case when isfinite(pod_effective_usage_cpu_core_seconds) then pod_effective_usage_cpu_core_seconds end as effective_cpu,
        case when isfinite(pod_effective_usage_memory_byte_seconds) then pod_effective_usage_memory_byte_seconds end as effective_memory,
        {% for m in measures -%}
        {{ finite(m) }} as {{ m }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from {{ source('openshift', 'pod_usage_daily') }}
)
