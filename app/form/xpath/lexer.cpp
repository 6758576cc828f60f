#include "app/form/xpath/lexer.h"

#include <optional>

namespace bordereau::form::xpath {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Every byte above ASCII counts as a letter: XML allows nearly all such characters in names.
bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool continues_name(char c) {
    return starts_name(c) || is_digit(c) || c == '-' || c == '.';
}

struct Sign {
    std::string_view text;
    TokenKind kind;
};

constexpr Sign kSigns[] = {{"//", TokenKind::double_slash},  {"..", TokenKind::dot_dot},
                           {"!=", TokenKind::not_equal},     {"<=", TokenKind::less_equal},
                           {">=", TokenKind::greater_equal}, {"(", TokenKind::open},
                           {")", TokenKind::close},          {"[", TokenKind::open_square},
                           {"]", TokenKind::close_square},   {"@", TokenKind::at},
                           {",", TokenKind::comma},          {".", TokenKind::dot},
                           {"/", TokenKind::slash},          {"|", TokenKind::bar},
                           {"+", TokenKind::plus},           {"-", TokenKind::minus},
                           {"=", TokenKind::equal},          {"<", TokenKind::less},
                           {">", TokenKind::greater}};

constexpr Sign kWords[] = {{"and", TokenKind::both},
                           {"or", TokenKind::either},
                           {"div", TokenKind::divide},
                           {"mod", TokenKind::modulo}};

class Lexer {
public:
    explicit Lexer(std::string_view text) : text_{text} {}

    Result<std::vector<Token>> run() {
        tokens_.reserve(text_.size() / 2 + 2);
        while (skip_blanks(), at_ < text_.size()) {
            if (auto problem = next()) return std::move(*problem);
        }
        add(TokenKind::end, at_, at_);
        return std::move(tokens_);
    }

private:
    std::optional<Error> next() {
        const char c = text_[at_];
        if (is_digit(c) || (c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
            number();
        else if (c == '"' || c == '\'')
            return literal(c);
        else if (c == '*')
            add(after_operand() ? TokenKind::multiply : TokenKind::star, at_, at_ + 1);
        else if (c == '$')
            variable();
        else if (starts_name(c))
            word();
        else
            return sign();
        return std::nullopt;
    }

    void add(TokenKind kind, std::size_t begin, std::size_t end) {
        tokens_.push_back({kind, text_.substr(begin, end - begin), begin});
        at_ = end;
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }

    // XPath has no exponents; other engines take them, and forms with "1.5e-7" exist.
    std::size_t exponent_end(std::size_t end) const {
        if (end >= text_.size() || (text_[end] != 'e' && text_[end] != 'E')) return end;
        std::size_t digits = end + 1;
        if (digits < text_.size() && (text_[digits] == '-' || text_[digits] == '+')) ++digits;
        std::size_t after = digits;
        while (after < text_.size() && is_digit(text_[after])) ++after;
        return after == digits ? end : after;
    }

    void number() {
        std::size_t end = at_;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end < text_.size() && text_[end] == '.') ++end;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        add(TokenKind::number, at_, exponent_end(end));
    }

    std::optional<Error> literal(char quote) {
        const std::size_t end = text_.find(quote, at_ + 1);
        if (end == std::string_view::npos) return syntax_error(at_, "a text has no end");
        tokens_.push_back({TokenKind::text, text_.substr(at_ + 1, end - at_ - 1), at_});
        at_ = end + 1;
        return std::nullopt;
    }

    std::size_t name_end(std::size_t begin) const {
        std::size_t end = begin;
        while (end < text_.size() && continues_name(text_[end])) ++end;
        return end;
    }

    // "prefix:local", "prefix:*" or "local"; the "::" of an axis is no prefix.
    std::size_t qualified_end(std::size_t begin) const {
        const std::size_t end = name_end(begin);
        if (end + 1 >= text_.size() || text_[end] != ':') return end;
        if (text_[end + 1] == '*') return end + 2;
        return starts_name(text_[end + 1]) ? name_end(end + 1) : end;
    }

    void variable() {
        const std::size_t begin = at_;
        add(TokenKind::variable, begin, qualified_end(at_ + 1));
    }

    void word() {
        if (after_operand()) {
            for (const Sign& word : kWords)
                if (text_.substr(at_, name_end(at_) - at_) == word.text)
                    return add(word.kind, at_, at_ + word.text.size());
            if (glued_operator()) return;
        }
        const std::size_t begin = at_, end = qualified_end(at_);
        at_ = end;
        skip_blanks();
        const std::string_view rest = text_.substr(at_);
        const TokenKind kind = rest.starts_with("::")  ? TokenKind::axis
                               : rest.starts_with("(") ? TokenKind::function
                                                       : TokenKind::name;
        const std::size_t after = kind == TokenKind::axis ? at_ + 2 : end;
        tokens_.push_back({kind, text_.substr(begin, end - begin), begin});
        at_ = after;
    }

    // "2div1", "1 and1": the words need no blank behind them when a digit follows.
    bool glued_operator() {
        for (const Sign& word : kWords) {
            if (!text_.substr(at_).starts_with(word.text)) continue;
            add(word.kind, at_, at_ + word.text.size());
            return true;
        }
        return false;
    }

    std::optional<Error> sign() {
        for (const Sign& sign : kSigns) {
            if (!text_.substr(at_).starts_with(sign.text)) continue;
            add(sign.kind, at_, at_ + sign.text.size());
            return std::nullopt;
        }
        return syntax_error(at_, "unexpected character");
    }

    // Whether an operator must come next: XPath 1.0, section 3.7, on "*" and the operator names.
    bool after_operand() const {
        if (tokens_.empty()) return false;
        switch (tokens_.back().kind) {
            case TokenKind::number:
            case TokenKind::text:
            case TokenKind::name:
            case TokenKind::variable:
            case TokenKind::star:
            case TokenKind::close:
            case TokenKind::close_square:
            case TokenKind::dot:
            case TokenKind::dot_dot: return true;
            default: return false;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

}  // namespace

Error syntax_error(std::size_t position, const std::string& what) {
    return {ErrorCode::invalid, "at character " + std::to_string(position + 1) + ": " + what};
}

Result<std::vector<Token>> tokenize(std::string_view expression) {
    return Lexer{expression}.run();
}

}  // namespace bordereau::form::xpath
