"""What a book looks like: the reader's own faces, sizes and colours; only the form is ours.

It stands in code, so that a build knows of every change to it.
"""

STYLE = """\
body {
  line-height: 1.75;
  line-break: strict;
  text-align: justify;
}

.cover,
.cover p {
  text-indent: 0;
  text-align: center;
}

h1,
h2,
h3,
h4,
h5 {
  line-height: 1.4;
  page-break-after: avoid;
  break-after: avoid;
}

h1 {
  margin: 1.5em 0 0.75em;
  font-size: 1.4em;
  text-align: center;
}

h2 {
  margin: 1.5em 0 0.5em;
  font-size: 1.15em;
}

h3,
h4,
h5 {
  margin: 1.25em 0 0.5em;
  font-size: 1em;
}

p {
  margin: 0.5em 0;
  text-indent: 2em;
}

.line {
  text-align: center;
  text-indent: 0;
}

.address,
li p,
td p,
th p,
blockquote p {
  text-indent: 0;
}

.signature {
  text-align: right;
  text-indent: 0;
}

nav ol {
  padding: 0;
  list-style: none;
}

nav ol ol {
  padding: 0 0 0 1em;
}

nav span {
  font-weight: bold;
}

nav li {
  margin: 0.5em 0;
}

figure {
  margin: 1em 0;
  text-align: center;
}

img {
  max-width: 100%;
}

pre {
  font-family: inherit;
  white-space: pre-wrap;
}

.table {
  margin: 1em 0;
  overflow-x: auto;
}

table {
  width: 100%;
  border-collapse: collapse;
  font-size: 0.9em;
  line-height: 1.5;
  text-align: left;
}

caption {
  margin: 0 0 0.5em;
  font-weight: bold;
}

th,
td {
  padding: 0.25em 0.4em;
  border: 1px solid;
  vertical-align: top;
}

.number {
  text-align: right;
}

.centre {
  text-align: center;
}
"""
