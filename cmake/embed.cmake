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

# gcp2_phrases(TARGET <target> NAME <identifier> FILE <po file>): a catalogue of phrases, compiled
# by gettext and embedded.
find_program(GCP2_MSGFMT msgfmt REQUIRED)

function(gcp2_phrases)
  cmake_parse_arguments(PARSE_ARGV 0 P "" "TARGET;NAME;FILE" "")
  set(compiled ${CMAKE_CURRENT_BINARY_DIR}/${P_NAME}.mo)
  # Welsh is marked fuzzy (drafted by machine) and used all the same.
  add_custom_command(
    OUTPUT ${compiled}
    COMMAND ${GCP2_MSGFMT} --use-fuzzy --check --endianness=little -o ${compiled} ${P_FILE}
    DEPENDS ${P_FILE}
    COMMENT "Compiling ${P_NAME}"
    VERBATIM)
  gcp2_embed(TARGET ${P_TARGET} NAME ${P_NAME} FILE ${compiled})
endfunction()
