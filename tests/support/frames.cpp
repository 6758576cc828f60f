#include "tests/support/frames.h"

#include <catch2/catch_test_macros.hpp>

#include "app/text/fonts.h"
#include "app/widgets/layout.h"
#include "assets/assets.h"
#include "storage/base/wiped_memory.h"

namespace bordereau::test {
namespace {

// Where a renderer would upload textures, this only says that it has.
void answer_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_OK &&
                   texture->Status != ImTextureStatus_Destroyed) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
}

void destroy_textures() {
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        texture->SetTexID(ImTextureID_Invalid);
        texture->SetStatus(ImTextureStatus_Destroyed);
    }
}

}  // namespace

text::Words words_in(text::Language language) {
    const auto file = [](text::Language which) {
        return assets::find("i18n/" + std::string{text::tag_of(which)} + ".json").value_or("{}");
    };
    auto words = text::Words::read(language, file(language), file(text::Language::en));
    REQUIRE(words.ok());
    return std::move(*words);
}

text::Type type_for_tests() {
    const auto files = text::find_fonts(text::font_places("/"));
    if (!files) return text::Type::plain();
    auto type = text::Type::open(*files);
    REQUIRE(type.ok());
    return std::move(*type);
}

Frames::Frames(std::function<void()> screen, FramesOptions options)
    : screen_(std::move(screen)),
      words_(words_in(options.language)),
      type_(type_for_tests()),
      look_{&type_, &words_, options.theme, options.percent, options.scale} {
    ImGui::SetAllocatorFunctions([](std::size_t size, void*) { return take_memory(size); },
                                 [](void* memory, void*) { give_back_wiped(memory); });
    context_ = ImGui::CreateContext();
    ImGuiIO& io = this->io();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.DisplaySize = {options.width, options.height};
    io.DeltaTime = 1.0f / 60;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;
    type_.add_to(*io.Fonts);
    look_.touch = options.touch;
    widgets::use(look_);
    items_ = std::make_unique<widgets::Items>(*context_);
    pictures_ = std::make_unique<widgets::Pictures>();
    look_.pictures = pictures_.get();
    draw(3);
}

Frames::~Frames() {
    ImGui::SetCurrentContext(context_);
    destroy_textures();
    pictures_.reset();
    items_.reset();
    ImGui::DestroyContext(context_);
}

// Two of these may live at once; whoever is asked draws.
ImGuiIO& Frames::io() {
    ImGui::SetCurrentContext(context_);
    return ImGui::GetIO();
}

void Frames::frame() {
    ImGui::SetCurrentContext(context_);
    items_->begin_frame();
    type_.begin_frame();
    ImGui::NewFrame();
    widgets::begin_root();
    screen_();
    widgets::end_root();
    ImGui::Render();
    answer_textures();
}

void Frames::draw(int frames) {
    for (int drawn = 0; drawn < frames; ++drawn) frame();
}

const widgets::Item& Frames::item(std::string_view label) const {
    const widgets::Item* found = items_->find(label);
    INFO("item: " << label);
    REQUIRE(found != nullptr);
    return *found;
}

bool Frames::shows(std::string_view label) const {
    const widgets::Item* found = items_->find(label);
    return found != nullptr && found->visible;
}

bool Frames::enabled(std::string_view label) const {
    return item(label).enabled;
}

void Frames::click_at(float x, float y) {
    ImGuiIO& io = this->io();
    io.AddMousePosEvent(x, y);
    draw();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    draw();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    draw(2);
}

void Frames::click(std::string_view label) {
    const widgets::Item& found = item(label);
    INFO("item: " << label);
    REQUIRE(found.visible);
    const ImVec2 from = found.min, to = found.max;
    click_at((from.x + to.x) / 2, (from.y + to.y) / 2);
}

void Frames::double_click(std::string_view label) {
    click(label);
    click(label);
}

void Frames::drag(ImVec2 from, ImVec2 to) {
    ImGuiIO& io = this->io();
    io.AddMousePosEvent(from.x, from.y);
    draw();
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, true);
    draw();
    constexpr int steps = 4;
    for (int step = 1; step <= steps; ++step) {
        const float share = static_cast<float>(step) / steps;
        io.AddMousePosEvent(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
        draw();
    }
    io.AddMouseButtonEvent(ImGuiMouseButton_Left, false);
    draw(2);
}

void Frames::scroll(float lines) {
    io().AddMouseWheelEvent(0, lines);
    draw(2);
}

void Frames::type(std::string_view utf8) {
    io().AddInputCharactersUTF8(std::string{utf8}.c_str());
    draw(2);
}

void Frames::key(ImGuiKey key, ImGuiKey modifier) {
    ImGuiIO& io = this->io();
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(key, true);
    draw();
    io.AddKeyEvent(key, false);
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
    draw(2);
}

void Frames::fill(std::string_view label, std::string_view utf8) {
    click(label);
    key(ImGuiKey_A, ImGuiMod_Ctrl);
    key(ImGuiKey_Delete);
    type(utf8);
}

void Frames::resize(float width, float height) {
    io().DisplaySize = {width, height};
    draw(3);
}

}  // namespace bordereau::test
