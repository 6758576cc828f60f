// app/text/type.h - sets type: text in any of the six languages as glyphs for Dear ImGui.
// The only door to HarfBuzz, FriBidi and FreeType. Draws nothing and holds no interface text.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/text/fonts.h"
#include "app/text/language.h"
#include "storage/base/result.h"

struct ImFont;
struct ImFontAtlas;

namespace bordereau::text {

enum class Weight { regular, bold };

/// The base direction of a paragraph (Unicode UAX #9, 4.3 HL1).
enum class Base {
    from_text,  ///< the first strong letter decides, then the direction of the interface
    left_to_right,
    right_to_left
};

/// One drawn code point of a line, in the order from left to right. `code` is what the fonts of
/// Type draw; for Arabic it is a shaped cluster (a letter in its joined form with its marks).
struct Glyph {
    char32_t code = 0;
    std::uint32_t first = 0;  ///< code point in the logical text
    std::uint32_t count = 1;  ///< code points it stands for
    bool rtl = false;         ///< the run it lies in
};

/// One line ready to draw.
struct Line {
    std::string visual;         ///< UTF-8 for any drawing call of Dear ImGui
    std::vector<Glyph> glyphs;  ///< empty where visual equals the logical text, one to one
    Direction direction = Direction::left_to_right;
};

/// A line of a wrapped paragraph: bytes [begin, end) of the logical text without the blank at which
/// it was broken.
struct WrappedLine {
    std::size_t begin = 0, end = 0;
    Line line;
    float width = 0;  ///< pixels
};
struct Block {
    std::vector<WrappedLine> lines;  ///< at least one
    float width = 0;                 ///< of the widest line, pixels
    bool tall = false;               ///< holds letters that need more height (Arabic)
};

/// Shapes and wraps, and remembers what it has done. Belongs to one Dear ImGui context.
class Type {
public:
    /// not_found, io, corrupt: a font file is missing or cannot be used.
    static Result<Type> open(const FontFiles& files);
    /// Without fonts: reorders but does not join. For tests and for a machine without fonts.
    static Type plain();
    Type(Type&&) noexcept;
    Type& operator=(Type&&) noexcept;
    ~Type();

    /// Adds the two fonts to an atlas, which must not outlive this object. Call once.
    void add_to(ImFontAtlas& atlas);
    ImFont* font(Weight weight) const;  ///< null before add_to(), and always for plain()

    /// Once before each frame: lets go of what has not been asked for during many frames.
    void begin_frame();

    /// The direction of text without strong letters.
    void set_direction(Direction interface);

    /// A line for drawing, line ends and control characters left out. Valid until the next
    /// begin_frame().
    const Line& line(std::string_view logical, Base base = Base::from_text);
    /// line().visual
    const std::string& visual(std::string_view logical, Base base = Base::from_text);

    /// Wraps at `width` pixels in the current font and size of Dear ImGui; each line feed begins a
    /// new paragraph with its own direction. Valid until the next begin_frame().
    const Block& wrap(std::string_view logical, float width, Base base = Base::from_text);

    /// How many shaped clusters and remembered texts there are, for tests of their bounds.
    struct Load {
        std::size_t clusters = 0, lines = 0, blocks = 0;
    };
    Load load() const;

private:
    struct State;
    explicit Type(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::text
