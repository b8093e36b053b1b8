// Grades are never added: good care in one place must not offset bad care in another.
#include "gcp2/core.h"

bool both(gcp2::Grade a, gcp2::Grade b) {
#ifdef BROKEN
  return a + b == a;
#else
  return a == b;
#endif
}
