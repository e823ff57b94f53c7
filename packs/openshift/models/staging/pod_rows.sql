{#- Hourly pod rows of every form in one shape: text as it is, quantities as finite DOUBLE, the state of the row. -#}
{% set measures = var('pod_sums') + var('node_capacities') -%}
{% for form in var('pod_hourly') -%}
select
    {{ row_state('interval_start', var('pod_limits_checked')) }} as state,
    interval_start,
    cast(interval_start as date) as day,
    month_start,
    namespace, node, pod, resource_id, node_role, labels, label_form, unread_cells, empty_cells,
    {{ measures | join(', ') }},
    greatest(pod_usage_cpu_core_seconds, pod_request_cpu_core_seconds) as pod_effective_usage_cpu_core_seconds,
    greatest(pod_usage_memory_byte_seconds, pod_request_memory_byte_seconds) as pod_effective_usage_memory_byte_seconds
from (
    select
        * exclude ({{ measures | join(', ') }}),
        {{ unread(measures) }} as unread_cells,
        {% for m in measures -%}
        {{ finite(m) }} as {{ m }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from (
        select
            month_start, range_start, range_end, node_role,
            {% if form == 'csv' -%}
            {{ interval_of('interval_start') }} as interval_start,
            namespace, node, pod, resource_id, pod_labels as labels, 'pipe' as label_form,
            {{ empty(measures) }} as empty_cells,
            {% for m in measures -%}
            try_cast({{ m }} as double) as {{ m }}{{ ', ' if not loop.last }}
            {%- endfor %}
            {%- else -%}
            cast(interval_start as timestamp) as interval_start,
            {% for c in ['namespace', 'node', 'pod', 'resource_id'] -%}
            coalesce({{ c }}, '') as {{ c }},
            {%- endfor %}
            coalesce(pod_labels, '') as labels, {{ label_form('pod_labels') }} as label_form,
            0 as empty_cells,
            {{ measures | join(', ') }}
            {%- endif %}
        from {{ source('openshift', 'pod_usage_' ~ form) }}
    )
)
{{ 'union all' if not loop.last }}
{% endfor %}
