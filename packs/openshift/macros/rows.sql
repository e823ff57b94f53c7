{#-
  The state of a row of a report. Only 'kept' rows count; the others are counted and reported:
  'filtered' rows lie outside the days asked for, 'anomalous' rows hold a measure above 1e18, 'undated' rows have no readable interval.
-#}
{% macro row_state(interval_start, measures) -%}
case
    when {{ interval_start }} is null then 'undated'
    when {{ interval_start }} < range_start or {{ interval_start }} >= range_end then 'filtered'
    {%- if measures | length > 0 %}
    when greatest({{ measures | join(', ') }}) > 1e18 then 'anomalous'
    {%- endif %}
    else 'kept'
end
{%- endmacro %}

{#- `2025-10-01 00:00:00 +0000 UTC` to TIMESTAMP; NULL when it does not parse. -#}
{% macro interval_of(column) -%}
try_cast(replace({{ column }}, ' +0000 UTC', '') as timestamp)
{%- endmacro %}

{#- How many of the cells are no number, empty ones included. -#}
{% macro unread(columns) -%}
{% for column in columns %}{{ ' + ' if not loop.first }}cast(not coalesce(isfinite({{ column }}), false) as tinyint){% endfor %}
{%- endmacro %}

{#- How many of the cells are empty. -#}
{% macro empty(columns) -%}
{% for column in columns %}{{ ' + ' if not loop.first }}cast({{ column }} = '' as tinyint){% endfor %}
{%- endmacro %}

{#- How a label cell of Parquet is written: JSON in the product's lake, key:value|key:value where labels were left as they came. -#}
{% macro label_form(column) -%}
case when starts_with({{ column }}, '{') then 'json' else 'pipe' end
{%- endmacro %}

{#- A key of the row when the row is kept. -#}
{% macro kept(column) -%}
case when state = 'kept' then {{ column }} end
{%- endmacro %}

{#- A quantity of the row when the row is kept. -#}
{% macro kept_quantity(column) -%}
case when state = 'kept' then {{ column }} else 0.0 end
{%- endmacro %}
