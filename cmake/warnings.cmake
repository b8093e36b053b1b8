# gcp2_warnings(<target>): the warnings that all code of this project is held to.
# Not -Wnull-dereference: it is wrong inside libstdc++ 12.
function(gcp2_warnings target)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion
    -Wnon-virtual-dtor -Woverloaded-virtual -Wold-style-cast -Wcast-qual -Wcast-align
    -Wformat=2 -Wimplicit-fallthrough -Wextra-semi
    $<$<CXX_COMPILER_ID:GNU>:-Wduplicated-cond -Wduplicated-branches -Wlogical-op>
    # g++ 12 reports -Wrestrict on std::string's own operator+.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    # Files compiled together see each other's names, and g++ takes them for headers; alone, in
    # another preset, none is in the way.
    $<$<BOOL:${GCP2_UNITY}>:-Wno-shadow>
    $<$<AND:$<BOOL:${GCP2_UNITY}>,$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>
    $<$<BOOL:${GCP2_WERROR}>:-Werror>)
endfunction()
