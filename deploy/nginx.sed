# Turns _headers and _redirects into what nginx understands: the headers of all files, and one address a redirect.
/^\/\*$/,/^\/[^*]/s/^  \([^:]*\): \(.*\)/add_header \1 "\2" always;/p
s/^\(\/[^ *]*\)  *\([^ ]*\)  *\(30[1278]\)$/location = \1 { return \3 \2; }/p
