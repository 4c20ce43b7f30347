# shellcheck shell=bash disable=SC2154 # names come from those who source this
# Folders of programs that each show something by themselves: measurements (`make bench`), long proofs (`make prove`).

# run_programs FOLDER SECONDS [NAME…]: all of them or those named, one after the other, since two at once would disturb each
# other. A program that ends with 77 can't be run here, and says why.
run_programs() {
  local folder=$1 seconds=$2 program name result started ran=0 status=0
  shift 2
  for program in "$folder"/*; do
    name=$(basename "$program")
    if [ ! -f "$program" ] || [ ! -x "$program" ]; then continue; fi
    if [ $# -gt 0 ] && [[ " $* " != *" $name "* && " $* " != *" ${name%.*} "* ]]; then continue; fi
    ran=$((ran + 1)) started=$SECONDS result=0
    printf '\n## %s\n\n' "$name"
    limit "$seconds" "$program" </dev/null || result=$?
    case $result in
      0) ;;
      77) say "$name was left out" ;;
      *) status=1 && say "$name failed" ;;
    esac
    printf '\n(%d s)\n' $((SECONDS - started))
  done
  [ "$ran" -gt 0 ] || die "no program of that name in $folder"
  return "$status"
}
