# Completion of timeline in bash: put this file into ~/.local/share/bash-completion/completions/timeline, or source it.
_timeline() {
    local line=${COMP_LINE:0:COMP_POINT} word=${COMP_WORDS[COMP_CWORD]} one
    COMPREPLY=()
    while IFS= read -r one; do
        one=${one%%$'\t'*}
        [[ $one ]] || continue
        # nothing of a record may act: what a shell would read within the open quotes is not offered
        [[ $word == \"* && $one == *[\$\`\\\"!]* || $word == \'* && $one == *\'* ]] && continue
        # readline replaces what follows the last @ or =; within quotes it adds none of its own
        [[ $word == @ || ${COMP_WORDS[COMP_CWORD - 1]} == @ ]] && one=${one#@}
        [[ $word == [\"\']* ]] || printf -v one %q "$one"
        COMPREPLY+=("$one")
    done < <(_TIMELINE_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args _TYPER_COMPLETE_ARGS=$line "$1" 2>/dev/null)
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _timeline timeline
