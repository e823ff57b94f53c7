{{ label_fold('namespace') }}
