{#-
  Hourly pod rows of the days asked for, in one shape whatever their form. An empty or unreadable quantity counts as 0.
  Rows outside the days are left out here, where Parquet can skip them unread; pod_census counts every row.
-#}
{% set measures = var('pod_sums') + var('node_capacities') -%}
{% for form in var('pod_hourly') -%}
select
    case when {{ anomalous(var('pod_limits_checked')) }} then 'anomalous' else 'kept' end as state,
    interval_start,
    cast(interval_start as date) as day,
    namespace, node, pod, resource_id, node_role, labels, label_form, unread_cells,
    {{ measures | join(', ') }},
    greatest(pod_usage_cpu_core_seconds, pod_request_cpu_core_seconds) as pod_effective_usage_cpu_core_seconds,
    greatest(pod_usage_memory_byte_seconds, pod_request_memory_byte_seconds) as pod_effective_usage_memory_byte_seconds
from (
    select
        * exclude ({{ measures | join(', ') }}),
        {{ unread(measures) }} as unread_cells,
        {% for m in measures -%}
        coalesce({{ m }}, 0.0) as {{ m }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from (
        select
            range_start, range_last, node_role,
            cast(interval_start as timestamp) as interval_start,
            {% for m in measures -%}
            cast({{ m }} as double) as {{ m }},
            {%- endfor %}
            {% if form == 'csv' -%}
            namespace, node, pod, resource_id, pod_labels as labels, 'pipe' as label_form
            {%- else -%}
            {% for c in ['namespace', 'node', 'pod', 'resource_id'] -%}
            coalesce({{ c }}, '') as {{ c }},
            {%- endfor %}
            coalesce(pod_labels, '') as labels, {{ label_form('pod_labels') }} as label_form
            {%- endif %}
        from {{ source('openshift', 'pod_usage_' ~ form) }}
    )
    where interval_start between range_start and range_last
)
{{ 'union all' if not loop.last }}
{% endfor %}
