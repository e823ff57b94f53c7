{{ day_label_sets('namespace') }}
