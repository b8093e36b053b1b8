# Reads "rater1 rater2" a line from standard input, grades 1 to 5; writes a line per weighting:
# weights estimate error.
suppressMessages(library(psych))
x <- as.matrix(read.table(file("stdin")))
apart <- abs(outer(1:5, 1:5, "-")) / 4
for (name in c("identity", "linear", "quadratic")) {
  w <- switch(name, identity = 1 - (apart > 0), linear = 1 - apart, quadratic = 1 - apart^2)
  k <- suppressWarnings(cohen.kappa(x, w = w, levels = 1:5))
  cat(name, format(k$weighted.kappa, digits = 15), format(sqrt(k$var.weighted), digits = 15), "\n")
}
cat("version", as.character(packageVersion("psych")), R.version$major, R.version$minor, "\n")
