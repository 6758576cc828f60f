# Dear ImGui 1.92 or newer: its font atlas loads glyphs when they are drawn, so that six languages
# need no baked ranges. Sources from BORDEREAU_IMGUI_DIR (app/setup.sh fetches Debian's signed source
# package), else from the project's own repository at one commit.
if(NOT BORDEREAU_IMGUI_DIR)
    include(FetchContent)
    FetchContent_Declare(imgui_sources
        GIT_REPOSITORY https://github.com/ocornut/imgui.git
        GIT_TAG 45acd5e0e82f4c954432533ae9985ff0e1aad6d5)  # v1.92.2b
    FetchContent_MakeAvailable(imgui_sources)
    set(BORDEREAU_IMGUI_DIR ${imgui_sources_SOURCE_DIR})
endif()
if(NOT EXISTS ${BORDEREAU_IMGUI_DIR}/imgui.h)
    message(FATAL_ERROR "no Dear ImGui sources in '${BORDEREAU_IMGUI_DIR}'; app/setup.sh fetches them")
endif()

# items.cpp answers the hooks that IMGUI_ENABLE_TEST_ENGINE makes Dear ImGui call, so the two are
# one library. Backends are apart: screens and tests need no window.
add_library(imgui STATIC
    ${BORDEREAU_IMGUI_DIR}/imgui.cpp ${BORDEREAU_IMGUI_DIR}/imgui_draw.cpp
    ${BORDEREAU_IMGUI_DIR}/imgui_tables.cpp ${BORDEREAU_IMGUI_DIR}/imgui_widgets.cpp
    widgets/items.cpp)
target_compile_features(imgui PUBLIC cxx_std_20)
target_include_directories(imgui SYSTEM PUBLIC ${BORDEREAU_IMGUI_DIR})
target_include_directories(imgui PRIVATE ${PROJECT_SOURCE_DIR})
target_compile_definitions(imgui PUBLIC
    IMGUI_USE_WCHAR32 IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_ENABLE_TEST_ENGINE)

find_package(glfw3 3.3 REQUIRED)
find_package(OpenGL REQUIRED)
add_library(imgui_backends STATIC
    ${BORDEREAU_IMGUI_DIR}/backends/imgui_impl_glfw.cpp
    ${BORDEREAU_IMGUI_DIR}/backends/imgui_impl_opengl3.cpp)
target_include_directories(imgui_backends SYSTEM PUBLIC ${BORDEREAU_IMGUI_DIR}/backends)
target_link_libraries(imgui_backends PUBLIC imgui glfw OpenGL::GL ${CMAKE_DL_LIBS})
