{#- Storage rows of every form in one shape. The node column of this report is not used: the node comes from the pod. -#}
{% set measures = var('storage_measures') -%}
{% set texts = ['namespace', 'pod', 'persistentvolumeclaim', 'persistentvolume', 'storageclass'] -%}
{% for form in var('storage_forms') -%}
select
    {{ row_state('interval_start', measures, most='1e30' if form == 'daily' else '1e18') }} as state,
    cast(interval_start as date) as day,
    {{ texts | join(', ') }}, csi_volume_handle, volume_labels, volume_label_form, claim_labels, claim_label_form, unread_cells,
    {{ measures | join(', ') }}
from (
    select
        * exclude ({{ measures | join(', ') }}),
        {{ unread(measures) }} as unread_cells,
        {% for m in measures -%}
        coalesce({{ m }}, 0.0) as {{ m }}{{ ', ' if not loop.last }}
        {%- endfor %}
    from (
        select
            range_start, range_end, csi_volume_handle,
            cast(interval_start as timestamp) as interval_start,
            {% for m in measures -%}
            cast({{ m }} as double) as {{ m }},
            {%- endfor %}
            {% if form == 'csv' -%}
            {{ texts | join(', ') }},
            persistentvolume_labels as volume_labels, 'pipe' as volume_label_form,
            persistentvolumeclaim_labels as claim_labels, 'pipe' as claim_label_form
            {%- else -%}
            {% for c in texts -%}
            coalesce({{ c }}, '') as {{ c }},
            {%- endfor %}
            coalesce(persistentvolume_labels, '') as volume_labels, {{ label_form('persistentvolume_labels') }} as volume_label_form,
            coalesce(persistentvolumeclaim_labels, '') as claim_labels, {{ label_form('persistentvolumeclaim_labels') }} as claim_label_form
            {%- endif %}
        from {{ source('openshift', 'storage_usage_' ~ form) }}
    )
)
{{ 'union all' if not loop.last }}
{% endfor %}
