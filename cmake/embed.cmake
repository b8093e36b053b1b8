# gcp2_embed(TARGET <target> NAME <identifier> FILE <path>): the file's bytes as
# `extern const std::string_view gcp2::embedded::<identifier>`, declared in
# "embedded/<identifier>.h", which only the target's own sources see.
set(GCP2_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_file.cmake)

function(gcp2_embed)
  cmake_parse_arguments(PARSE_ARGV 0 E "" "TARGET;NAME;FILE" "")
  cmake_path(ABSOLUTE_PATH E_FILE BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  set(root ${CMAKE_CURRENT_BINARY_DIR}/embedded_${E_TARGET})
  set(stem ${root}/embedded/${E_NAME})
  add_custom_command(
    OUTPUT ${stem}.h ${stem}.cpp
    COMMAND ${CMAKE_COMMAND} -DNAME=${E_NAME} -DFILE=${E_FILE} -DSTEM=${stem} -P ${GCP2_EMBED_SCRIPT}
    DEPENDS ${E_FILE} ${GCP2_EMBED_SCRIPT}
    COMMENT "Embedding ${E_NAME}"
    VERBATIM)
  target_sources(${E_TARGET} PRIVATE ${stem}.h ${stem}.cpp)
  target_include_directories(${E_TARGET} PRIVATE ${root})
endfunction()
