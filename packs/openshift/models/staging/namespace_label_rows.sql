{{ label_rows('namespace', var('namespace_label_forms')) }}
