// storage/base/result.h - the value-or-error type that every fallible function returns.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "storage/base/check.h"

namespace bordereau {

/// What a caller can do about a failure. Words for people are chosen in app/present.
///   not_found  the thing asked for is not there
///   conflict   it exists already, or changed meanwhile: read again, then decide
///   invalid    the input is wrong; the same call will fail again
///   busy       another process or thread holds it: try again later
///   offline    no network or no answer: try again later
///   refused    not allowed, or made by a newer program: a person must act
///   full       no space left: free some, then the same call will work
///   io         the disk or the system failed
///   corrupt    stored or received bytes are damaged or forged
///   cancelled  a person stopped it; nothing is half done
///   too_soon   too many wrong passphrases: wait some minutes, then try again
enum class ErrorCode {
    not_found,
    conflict,
    invalid,
    busy,
    offline,
    refused,
    full,
    io,
    corrupt,
    cancelled,
    too_soon
};

/// A failure: what a caller can do about it, and a detail for the log.
struct Error {
    ErrorCode code;
    std::string
        detail;  ///< what was attempted and what the lower layer said; never answers or keys

    /// Adds what the caller was doing, so that a log line reads from outside in.
    Error during(std::string_view doing) && { return {code, std::string{doing} + ": " + detail}; }
};

/// Either a T or an Error. Reading the wrong one is our own mistake and stops the program.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return state_.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & { return *get<0>(); }
    const T& value() const& { return *get<0>(); }
    T&& value() && { return std::move(*get<0>()); }
    T* operator->() { return get<0>(); }
    const T* operator->() const { return get<0>(); }
    T& operator*() & { return *get<0>(); }
    const T& operator*() const& { return *get<0>(); }
    T&& operator*() && { return std::move(*get<0>()); }

    const Error& error() const& { return *get<1>(); }
    Error&& error() && { return std::move(*get<1>()); }

    /// The value, or `other` where there is an error that does not matter to the caller.
    T value_or(T other) && { return ok() ? std::move(*get<0>()) : std::move(other); }

private:
    template <std::size_t Index>
    auto* get() {
        check(state_.index() == Index, "the other side of a Result was read");
        return std::get_if<Index>(&state_);
    }
    template <std::size_t Index>
    const auto* get() const {
        check(state_.index() == Index, "the other side of a Result was read");
        return std::get_if<Index>(&state_);
    }
    std::variant<T, Error> state_;
};

struct Done {};
using Status = Result<Done>;

/// The Status of something that worked.
inline Status done() {
    return Done{};
}

}  // namespace bordereau
