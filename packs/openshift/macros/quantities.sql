{#- Sums of quantities that do not depend on the order of rows, and their units. -#}

{#-
  An exact sum: a DOUBLE of at most 9e18 (of 1e30 where whole is hugeint, which costs more) is split into its nearest whole number and
  the rest, which is counted in units of
  2^-62. Both are integers and their sums HUGEINT, so any order, split and number of threads gives the same bits.
-#}
{% macro sum_parts(x, name, whole='bigint') -%}
sum(try_cast({{ x }} as {{ whole }})) as {{ name }}_whole,
    sum(try_cast(({{ x }} - cast(try_cast({{ x }} as {{ whole }}) as double)) * 4611686018427387904.0 as bigint)) as {{ name }}_rest
{%- endmacro %}

{#- Adds up sums that are in two parts already. -#}
{% macro add_parts(column, name) -%}
sum({{ column }}_whole) as {{ name }}_whole, sum({{ column }}_rest) as {{ name }}_rest
{%- endmacro %}

{#- The DOUBLE that a sum in two parts stands for. -#}
{% macro total(name) -%}
(cast({{ name }}_whole as double) + cast({{ name }}_rest as double) / 4611686018427387904.0)
{%- endmacro %}

{% macro gib(expression) -%}
({{ expression }}) * (1.0 / 1073741824.0)
{%- endmacro %}
