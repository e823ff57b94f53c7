{#- Rows of the node label or namespace label report in one shape. -#}
{% macro label_rows(kind, forms) -%}
{% for form in forms -%}
select
    {{ row_state('interval_start') }} as state,
    cast(interval_start as date) as day, {{ kind }}, labels, label_form
from (
    select
        range_start, range_end,
        cast(interval_start as timestamp) as interval_start,
        {% if form == 'csv' -%}
        {{ kind }}, {{ kind }}_labels as labels, 'pipe' as label_form
        {%- else -%}
        coalesce({{ kind }}, '') as {{ kind }},
        coalesce({{ kind }}_labels, '') as labels, {{ label_form(kind ~ '_labels') }} as label_form
        {%- endif %}
    from {{ source('openshift', kind ~ '_labels_' ~ form) }}
)
{{ 'union all' if not loop.last }}
{% endfor %}
{%- endmacro %}

{#- Distinct labels by day, with the number of rows behind each. -#}
{% macro label_fold(kind) -%}
select state, day, {{ kind }}, labels, label_form, count(*) as row_count
from {{ ref(kind ~ '_label_rows') }}
group by all
{%- endmacro %}

{#- The distinct sets of enabled labels that a node or namespace had on a day; usually one. -#}
{% macro day_label_sets(kind) -%}
select distinct f.day, f.{{ kind }}, s.labels
from {{ ref(kind ~ '_label_fold') }} as f
join {{ ref('label_sets') }} as s on s.label_text = f.labels and s.label_form = f.label_form
where f.state = 'kept'
{%- endmacro %}

{#- One JSON object out of several, later ones overlaying earlier ones, keys in ordinal order. -#}
{% macro merged_labels(columns) -%}
cast(to_json(map_from_entries(list_sort(map_entries(map_concat(
    {%- for c in columns %}cast(cast({{ c }} as json) as map(varchar, varchar)){{ ', ' if not loop.last }}{% endfor -%}
))))) as varchar)
{%- endmacro %}
