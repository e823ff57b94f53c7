{#- What the rows of all reports have in common: when they are, whether they count, what their cells hold. -#}

{#-
  The state of a row. Only 'kept' rows count; the others are counted and reported: 'filtered' rows lie outside the days asked for,
  'anomalous' rows hold an absurd measure, 'undated' rows have no readable interval.
-#}
{% macro row_state(interval_start, measures, most='1e18') -%}
case
    when {{ interval_start }} is null then 'undated'
    when {{ interval_start }} < range_start or {{ interval_start }} >= range_end then 'filtered'
    {%- if measures | length > 0 %}
    when {{ anomalous(measures, most) }} then 'anomalous'
    {%- endif %}
    else 'kept'
end
{%- endmacro %}

{#-
  A measure above 1e18 is absurd (spec section 3.1), so are one below -1e18 and NaN, which DuckDB orders above every number.
  The limit is for the rows of an hour: daily sums may lie above it, and only what is no finite number is absurd there.
-#}
{% macro anomalous(measures, most='1e18') -%}
{% for m in measures %}{{ ' or ' if not loop.first }}abs({{ m }}) > {{ most }}{% endfor %}
{%- endmacro %}

{#- How many of the quantities are NULL, that is empty or unreadable; cores that are not finite count as such (other measures drop the row). -#}
{% macro unread(columns) -%}
{% for column in columns %}{{ ' + ' if not loop.first }}cast({{ column }} is null{{ ' or not isfinite(' ~ column ~ ')' if column == 'node_capacity_cpu_cores' }} as tinyint){% endfor %}
{%- endmacro %}

{#- How a label cell of Parquet is written: JSON in the product's lake, key:value|key:value where labels were left as they came. -#}
{% macro label_form(column) -%}
case when starts_with({{ column }}, '{') then 'json' else 'pipe' end
{%- endmacro %}

{#- A key of the row when the row is kept: rows that are not kept fold into one group a state. -#}
{% macro kept(column) -%}
case when state = 'kept' then {{ column }} end
{%- endmacro %}
