{#- Daily pod rows (Parquet): sums over the hours of one pod. The anomaly rule for hours has been applied before. -#}
{% set measures = var('pod_sums') + ['node_capacity_cpu_cores', 'node_capacity_memory_bytes'] -%}
select
    {{ row_state('interval_start', var('pod_sums') + ['node_capacity_memory_bytes', 'effective_cpu', 'effective_memory'], most='1e30') }} as state,
    cast(interval_start as date) as day,
    namespace, node, pod, resource_id, node_role, labels, label_form, unread_cells,
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
        cast(pod_effective_usage_cpu_core_seconds as double) as effective_cpu,
        cast(pod_effective_usage_memory_byte_seconds as double) as effective_memory,
        {% for m in measures -%}
        coalesce(cast({{ m }} as double), 0.0) as {{ m }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from {{ source('openshift', 'pod_usage_daily') }}
)
