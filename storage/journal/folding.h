// storage/journal/folding.h - when a log folds what it takes in.
#pragma once

namespace bordereau::storage {

/// When what is taken in comes into the tables that screens read.
enum class Folding {
    at_once,  ///< in the same transaction: a notebook
    later     ///< by fold_more(); memberships at once all the same: an endpoint
};

}  // namespace bordereau::storage
