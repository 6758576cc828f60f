// An input method for tests, as a program of its own on the display that DISPLAY names: letters are
// composed until a space turns them into Chinese; Backspace takes one of them away. Ctrl+Space
// turns it on and off; it begins turned off. All other keys go back to whoever has the keyboard.
// Says on standard output when it is ready, what is being composed, and where: "X Y LETTERS". With
// the word "spot" it offers to have it shown by the program: the letters, or the word that a space
// would make of them, standing out. With the word "late" keys go back only once Control is let go,
// as from a method that is slower than the person who types.
//   XMODIFIERS=@im=bordereau_pinyin
#include <xcb-imdkit/encoding.h>
#include <xcb-imdkit/imdkit.h>
#include <xcb/xcb.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr int kBackspace = 22, kControl = 37, kSpace = 65;  // key codes of an evdev keyboard

const std::map<std::string, std::string>& dictionary() {
    static const std::map<std::string, std::string> words{
        {"nihao", "你好"}, {"bianjing", "边境"}, {"nv", "女"}, {"ren", "人"}};
    return words;
}

char letter_of(int code) {
    static constexpr std::string_view top = "qwertyuiop", middle = "asdfghjkl", bottom = "zxcvbnm";
    for (const auto& [first, row] : {std::pair{24, top}, {38, middle}, {52, bottom}})
        if (code >= first && code < first + static_cast<int>(row.size()))
            return row[static_cast<std::size_t>(code - first)];
    return '\0';
}

struct Composing {
    xcb_im_t* method = nullptr;
    std::string letters;
    bool on = false;
    std::uint32_t shown = 0;  // letters that the program shows
    bool late = false;
    std::set<int> down{};  // keys that are pressed
    std::vector<xcb_key_press_event_t> kept{};
};

struct CompoundText {
    explicit CompoundText(const std::string& utf8)
        : bytes(xcb_utf8_to_compound_text(utf8.data(), utf8.size(), &size)) {}
    CompoundText(const CompoundText&) = delete;
    CompoundText& operator=(const CompoundText&) = delete;
    ~CompoundText() { std::free(bytes); }
    std::size_t size = 0;
    char* bytes;
};

std::uint32_t letters_in(const std::string& utf8) {
    return static_cast<std::uint32_t>(
        std::ranges::count_if(utf8, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

// Replaces what the program shows.
void show(Composing& composing, xcb_im_input_context_t* context) {
    constexpr std::uint32_t callbacks = XCB_IM_PreeditCallbacks | XCB_IM_StatusNothing;
    if (xcb_im_input_context_get_input_style(context) != callbacks) return;
    const auto known = dictionary().find(composing.letters);
    const bool word = known != dictionary().end();
    const CompoundText text{word ? known->second : composing.letters};
    const std::uint32_t letters = letters_in(word ? known->second : composing.letters);
    if (composing.shown == 0) xcb_im_preedit_start_callback(composing.method, context);
    std::vector<std::uint32_t> marks(letters, word ? XCB_XIM_REVERSE : XCB_XIM_UNDERLINE);
    xcb_im_preedit_draw_fr_t frame{};
    frame.caret = letters;
    frame.chg_length = composing.shown;
    frame.status = letters == 0 ? 1 : 0;  // 1: there is no text
    frame.length_of_preedit_string = static_cast<std::uint16_t>(text.size);
    frame.preedit_string = reinterpret_cast<std::uint8_t*>(text.bytes);
    frame.feedback_array.size = letters;
    frame.feedback_array.items = marks.data();
    xcb_im_preedit_draw_callback(composing.method, context, &frame);
    composing.shown = letters;
    if (letters == 0) xcb_im_preedit_done_callback(composing.method, context);
}

void tell(const Composing& composing, xcb_im_input_context_t* context) {
    const auto* place = xcb_im_input_context_get_preedit_attr(context);
    if (composing.letters.empty()) return;
    std::printf("%d %d %s\n", place->spot_location.x, place->spot_location.y,
                composing.letters.c_str());
    std::fflush(stdout);
}

void commit(Composing& composing, xcb_im_input_context_t* context) {
    const auto known = dictionary().find(composing.letters);
    const std::string& word = known == dictionary().end() ? composing.letters : known->second;
    const CompoundText text{word};
    composing.letters.clear();
    if (composing.shown != 0) show(composing, context);
    xcb_im_commit_string(composing.method, context, XCB_XIM_LOOKUP_CHARS, text.bytes,
                         static_cast<std::uint32_t>(text.size), 0);
}

// Whether the method keeps the key.
bool take(Composing& composing, xcb_im_input_context_t* context, const xcb_key_press_event_t& key) {
    const bool control = (key.state & XCB_MOD_MASK_CONTROL) != 0;
    if (control && key.detail == kSpace) {
        composing.on = !composing.on;
        return true;
    }
    const char letter = composing.on ? letter_of(key.detail) : '\0';
    if (letter != '\0' && !control) {
        composing.letters += letter;
        return true;
    }
    if (composing.letters.empty()) return false;
    if (key.detail == kBackspace) {
        composing.letters.pop_back();
        return true;
    }
    if (key.detail != kSpace) return false;
    commit(composing, context);
    return true;
}

void on_request(xcb_im_t* method, xcb_im_client_t*, xcb_im_input_context_t* context,
                const xcb_im_packet_header_fr_t* header, void*, void* argument, void* mine) {
    auto& composing = *static_cast<Composing*>(mine);
    if (header->major_opcode == XCB_XIM_RESET_IC) {
        composing.letters.clear();
        composing.shown = 0;
    }
    if (header->major_opcode != XCB_XIM_FORWARD_EVENT) return;
    auto* key = static_cast<xcb_key_press_event_t*>(argument);
    const bool pressed = (key->response_type & 0x7F) == XCB_KEY_PRESS;
    pressed ? (void)composing.down.insert(key->detail) : (void)composing.down.erase(key->detail);
    if (pressed && take(composing, context, *key)) {
        if (composing.shown != 0 || !composing.letters.empty()) show(composing, context);
        return tell(composing, context);
    }
    composing.kept.push_back(*key);
    if (composing.late && composing.down.contains(kControl)) return;
    for (xcb_key_press_event_t& back : std::exchange(composing.kept, {}))
        xcb_im_forward_event(method, context, &back);
}

}  // namespace

int main(int count, char** words) {
    const std::string_view way = count > 1 ? words[1] : "";
    int number = 0;
    xcb_connection_t* display = xcb_connect(nullptr, &number);
    const xcb_screen_t* screen = xcb_setup_roots_iterator(xcb_get_setup(display)).data;
    const xcb_window_t window = xcb_generate_id(display);
    xcb_create_window(display, XCB_COPY_FROM_PARENT, window, screen->root, 0, 0, 1, 1, 0,
                      XCB_WINDOW_CLASS_INPUT_OUTPUT, screen->root_visual, 0, nullptr);
    std::vector<std::uint32_t> kinds{XCB_IM_PreeditPosition | XCB_IM_StatusNothing,
                                     XCB_IM_PreeditNothing | XCB_IM_StatusNothing};
    if (way == "spot") kinds.push_back(XCB_IM_PreeditCallbacks | XCB_IM_StatusNothing);
    const xcb_im_styles_t styles{static_cast<std::uint32_t>(kinds.size()), kinds.data()};
    std::string encoding = "COMPOUND_TEXT";
    std::array<xcb_im_encoding_t, 1> names{encoding.data()};
    const xcb_im_encodings_t encodings{names.size(), names.data()};
    xcb_compound_text_init();
    Composing composing;
    composing.late = way == "late";
    composing.method = xcb_im_create(
        display, number, window, "bordereau_pinyin", XCB_IM_ALL_LOCALES, &styles, nullptr, nullptr,
        &encodings, XCB_EVENT_MASK_KEY_PRESS | XCB_EVENT_MASK_KEY_RELEASE, on_request, &composing);
    if (!xcb_im_open_im(composing.method)) return 1;
    std::puts("ready");
    std::fflush(stdout);
    while (xcb_generic_event_t* event = xcb_wait_for_event(display)) {
        xcb_im_filter_event(composing.method, event);
        std::free(event);
    }
}
