#include <gcp2/core.h>

#include <cstdio>

int main() { std::printf("%d\n", gcp2::Grade::from(3)->number()); }
